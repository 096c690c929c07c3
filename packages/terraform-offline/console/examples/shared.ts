import type { ParameterExample } from './examples';

export const idempotencyKey: ParameterExample = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same key and body again answers with what the first request made. 1–255 visible ASCII characters.',
  // The command answers the same id whenever it is sent, so the other commands can name it.
  inCommand: 'example',
};
