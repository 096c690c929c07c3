export const handler = () => ({ statusCode: 501, body: '' });
