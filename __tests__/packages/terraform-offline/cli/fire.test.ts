import { fire } from '../../../../packages/terraform-offline/cli/fire';
import { type ServedProject, serveProject } from '../../../support/served-project';

/** What the command prints, and with which code it ends. */
async function run(...args: string[]) {
  const printed = { out: '', err: '' };
  const out = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((printed.out += String(text))));
  const err = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((printed.err += String(text))));
  await fire(args);
  out.mockRestore();
  err.mockRestore();
  const { exitCode } = process;
  process.exitCode = undefined;
  return { ...printed, exitCode };
}

describe('terraform-offline fire', () => {
  let project: ServedProject;
  beforeAll(async () => {
    project = await serveProject('reports');
  });
  afterAll(() => project.close());
  const port = () => new URL(project.url).port;

  it('fires what it names in the cloud that runs', async () => {
    expect(await run('nightly-report', '--port', port())).toEqual({
      out: 'main.tf: aws_cloudwatch_event_rule.nightly is fired: arn:aws:lambda:eu-west-1:000000000000:function:report\n',
      err: '',
      exitCode: undefined,
    });
    await project.until(() => project.lines('report').includes('{"kind":"nightly"}'));
  });

  it.each([
    [
      'for a name that there is not',
      ['monthly'],
      /^There is no schedule monthly that is served; there are: nightly-report, weekly-report\n$/,
    ],
    ['without a name', [], /^what is to be fired\?/],
  ])('says what is wrong %s', async (_case, args, message) => {
    const { out, err, exitCode } = await run(...args, '--port', port());
    expect([out, exitCode]).toEqual(['', 1]);
    expect(err).toMatch(message);
  });

  it('says so where nothing answers', async () => {
    // Port 1 is nobody's.
    expect(await run('nightly-report', '--port', '1')).toMatchObject({
      err: 'nothing answers at http://127.0.0.1:1: start terraform-offline, or name its --port\n',
      exitCode: 1,
    });
  });
});
