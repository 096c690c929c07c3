import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { summary } from '../../../../packages/terraform-offline/cli/summary';
import { withExamples } from '../../../../packages/terraform-offline/terraform/examples';
import { stack } from './model';

const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
const file = path.join(folder, 'terraform-offline/examples.json');
const notes = {
  title: 'Notes',
  description: 'What one wants to remember.',
  operations: { 'POST /notes': { summary: 'Write one', bodies: { One: { text: 'Milk' } }, responses: {} } },
};

beforeAll(() => {
  mkdirSync(path.dirname(file));
});
afterEach(() => {
  rmSync(file, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a stack is shown with the examples that the build laid beside it, another one without', () => {
  writeFileSync(file, JSON.stringify({ notes }));
  const stacks = withExamples([stack(), stack({ id: 'other' })], folder);
  expect(stacks.map(({ examples }) => examples)).toEqual([notes, undefined]);
  const [ofNotes, ofOther] = summary({ stacks }, 'http://x').split('\nother\n');
  expect(ofNotes).toContain(`-d '{"text":"Milk"}'`);
  expect(ofOther).not.toContain('Milk');
});

test('a folder without examples is served without', () => {
  expect(withExamples([stack()], folder)).toEqual([{ ...stack(), examples: undefined }]);
});

test('a damaged file is told by its name', () => {
  writeFileSync(file, '{');
  expect(() => withExamples([stack()], folder)).toThrow(`${file} is no JSON`);
});
