import { summary } from '../../../../packages/terraform-offline/cli/summary';
import { stack } from '../console/model';

test('the summary names sensitive outputs, and does not tell their values', () => {
  const text = summary({ stacks: [stack({ sensitiveOutputs: { password: 'hunter2' } })] }, 'http://x');

  expect(text).toMatch(/^ {2}password +\(sensitive value\)$/m);
  expect(text).not.toContain('hunter2');
});
