import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePlan } from '../../../tools/plan/plan-json';
import { reviewPlan, type Review } from '../../../tools/plan/review';
import { fixturePath } from './fixtures';

const names = readdirSync(fixturePath('cases')).map((file) => path.basename(file, '.json'));
const review = (name: string): Review =>
  reviewPlan(parsePlan(readFileSync(fixturePath(`cases/${name}.json`), 'utf8')));

it.each(names.filter((name) => name.startsWith('passes-')))('%s', (name) => {
  expect(review(name).refusals).toEqual([]);
  expect(review(name).changes).not.toEqual([]);
});

it.each(names.filter((name) => name.startsWith('refused-')))('%s', (name) => {
  expect(review(name).refusals).not.toEqual([]);
});
