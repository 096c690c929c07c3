import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlanJson } from '../../tools/plan/plan-json';
import { outputFolder } from '../../tools/project-root';
import { ownAccount } from './support/account';
import { differences } from './support/differences';
import { writeLastRelease } from './support/last-release';
import { applyEvents, firstOf, lastOf } from './support/events';
import { Workspace } from './support/workspace';

ownAccount();

/** What holds data, an address that clients know, or rights that others name. */
const KEPT = [
  'aws_api_gateway_rest_api',
  'aws_api_gateway_stage',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_stage',
  'aws_cloudwatch_log_group',
  'aws_dynamodb_table',
  'aws_iam_role',
  'aws_lambda_function',
];

const lost = ({ resource_changes }: PlanJson): string[] =>
  resource_changes.filter(({ change }) => change.actions.includes('delete')).map(({ address }) => address);

/** The permissions, and what goes live by them. */
const REST_STAGE = [[/^aws_lambda_permission\./, /^aws_api_gateway_stage\./]] as const;

/** The permission of each route, and what goes live by it. */
const HTTP_ROUTES = ['POST-items', 'GET-items', 'GET-items--', 'PUT-items--', 'DELETE-items--'].map(
  (route) =>
    [
      new RegExp(`^aws_lambda_permission\\.\\w+_permission-${route}$`),
      new RegExp(`^aws_apigatewayv2_integration\\.api_integration-${route}$`),
    ] as const,
);

describe.each([
  ['data-api', REST_STAGE],
  ['items-api', HTTP_ROUTES],
  ['dynamodb-manager', REST_STAGE],
  ['order-api', REST_STAGE],
])('whoever deployed the last release of %s', (stack, routes) => {
  const output = mkdtempSync(path.join(tmpdir(), 'last release '));
  let workspace: Workspace;
  let plan: PlanJson;

  beforeAll(async () => {
    workspace = new Workspace(stack);
    writeLastRelease(output, stack);
    workspace.take(output);
    await workspace.terraform('init', '-input=false');
    await workspace.terraform('apply', '-auto-approve', '-input=false');
    workspace.take(outputFolder());
    plan = await workspace.plan();
  });
  afterAll(() => {
    workspace.remove();
    rmSync(output, { recursive: true });
  });

  it('keeps every API, stage, table, role, function and log group', () => {
    expect(lost(plan).filter((address) => KEPT.includes(address.split('.')[0]!))).toEqual([]);
  });

  it('loses nothing else but the deployment and the permissions, which are there anew before', () => {
    const types = new Set(lost(plan).map((address) => address.split('.')[0]));
    const replaced = stack === 'items-api' ? [] : ['aws_api_gateway_deployment'];
    expect([...types].sort()).toEqual([...replaced, 'aws_lambda_permission']);
    for (const { change } of plan.resource_changes.filter(({ change }) => change.actions.includes('delete')))
      expect(change.actions).toEqual(['create', 'delete']);
  });

  it('has nothing against it in review', () => {
    expect(workspace.review(plan).refusals).toEqual([]);
  });

  it('applies it without a moment in which a route is refused', async () => {
    const events = applyEvents(await workspace.terraform('apply', '-input=false', 'plan'));

    for (const [permission, live] of routes) {
      expect(lastOf(events, 'Created', permission)).toBeLessThan(firstOf(events, 'Modifying', live));
      expect(lastOf(events, 'Modified', live)).toBeLessThan(firstOf(events, 'Destroying', permission));
    }
  });

  it('has no difference afterwards', async () => {
    expect(differences(await workspace.plan())).toEqual([]);
  });
});
