import { summary } from '../../../../packages/terraform-offline/cli/summary';
import { fn, stack } from '../console/model';

test('the summary names sensitive outputs, and does not tell their values', () => {
  const text = summary({ stacks: [stack({ sensitiveOutputs: { password: 'hunter2' } })] }, 'http://x');

  expect(text).toMatch(/^ {2}password +\(sensitive value\)$/m);
  expect(text).not.toContain('hunter2');
});

test('the summary has the URL of each API of a stack, and of each function that has its own', () => {
  const echo = fn('echo', []);
  const url = {
    kind: 'function-url',
    id: 'abc',
    name: 'echo',
    segment: '/function-urls/echo',
    stageName: '$default',
    functionArn: echo.arn,
    cors: undefined,
    invokeMode: 'BUFFERED',
  } as const;
  const { id, apis } = stack();
  const text = summary(
    { stacks: [stack({ apis: [{ ...apis[0]!, segment: '/notes' }, url], functions: [echo] })] },
    'http://x',
  );

  expect(text).toContain(`http://x/${id}/notes/`);
  expect(text).toContain(`  ANY $default → echo\n    curl http://x/${id}/function-urls/echo/\n`);
});

test('the summary has where a custom domain answers', () => {
  const domains = [{ name: 'api.example.com', mappings: [] }];
  const { id } = stack();
  const text = summary({ stacks: [stack({ domains })] }, 'http://x');

  expect(text).toContain(
    `  api.example.com → the APIs that are mapped to it\n    http://x/${id}/api.example.com/\n`,
  );
});
