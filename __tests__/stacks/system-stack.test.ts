import { environment, withName } from '../../stacks/environment';
import { synthesize, type Configuration } from '../support/synth';

const tagsOf = (stack: Configuration): unknown => {
  const [aws] = stack.provider?.aws as [{ default_tags: [{ tags: unknown }] }];
  return aws.default_tags[0].tags;
};
const empty = (): void => undefined;

it('tags everything with the project, the environment and the system', () => {
  expect(tagsOf(synthesize(empty, environment('staging')))).toEqual({
    project: 'serverless-crud-reference',
    environment: 'staging',
    system: 'test',
  });
});

it("adds one's own tags, which count before the others", () => {
  const tags = { owner: 'me@example.com', project: 'mine' };
  expect(tagsOf(synthesize(empty, withName('staging', { ...environment(), tags })))).toEqual({
    project: 'mine',
    environment: 'staging',
    system: 'test',
    owner: 'me@example.com',
  });
});

it('says which Terraform it takes', () => {
  expect(synthesize(empty).terraform?.required_version).toBe('>= 1.11.0');
});

it('keeps its state where it is when names get a prefix', () => {
  expect(
    synthesize(empty, withName('default', { ...environment(), prefix: 'acme-' })).terraform?.backend,
  ).toEqual(synthesize(empty).terraform?.backend);
});
