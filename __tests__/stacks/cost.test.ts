import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environment } from '../../stacks/environment';
import { resourcesOf } from '../support/synth';
import { system, SYSTEMS, type SystemId } from '../support/systems';

const COST = readFileSync(path.resolve(__dirname, '../../docs/cost.md'), 'utf8');
const IDS = Object.keys(SYSTEMS) as SystemId[];

/** The dollars of each row of a table, by what its first cell says. */
function table(heading: string): Map<string, number[]> {
  const [, text = ''] = new RegExp(`^\\| ${heading} .*\\n.*\\n((\\|.*\\n)*)`, 'm').exec(COST) ?? [];
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => line.split('|').slice(1, -1))
      .map(([name = '', ...cells]) => [
        name.replaceAll('*', '').trim(),
        cells.map((cell) => Number(cell.replaceAll('*', ''))),
      ]),
  );
}

test('the parts of a million requests make their sum', () => {
  const rows = table('a million requests');
  const together = rows.get('together')!;
  rows.delete('together');
  expect(together).toHaveLength(4);
  together.forEach((sum, i) => {
    expect([...rows.values()].reduce((total, cells) => total + cells[i]!, 0)).toBeCloseTo(sum, 2);
  });
});

// https://aws.amazon.com/cloudwatch/pricing/
test('an idle month in production costs what its alarms do: each metric in them, and each of our own', () => {
  const dollars = IDS.map((id) => {
    const stack = system(id, environment('production'));
    const metrics = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm')).flatMap(
      ({ metric_query }) => (metric_query as object[]).filter((query) => 'metric' in query),
    );
    const own = Object.keys(resourcesOf(stack, 'aws_cloudwatch_log_metric_filter'));
    return metrics.length * 0.1 + own.length * 0.3;
  });
  const documented = table('an idle month').get('`production`: its alarms')!;
  dollars.forEach((sum, i) => {
    expect(documented[i]).toBeCloseTo(sum, 2);
  });
});
