import { DeleteIntegrationCommand } from '@aws-sdk/client-api-gateway';
import type { PlanJson } from '../../tools/plan/plan-json';
import { Checkout } from '../support/checkout';
import { ownAccount } from './support/account';
import { aws } from './support/aws';
import { apiIds, routesOf } from './support/checks/api';
import { differences } from './support/differences';
import { applyEvents, firstOf, lastOf, type ApplyEvent } from './support/events';
import { synthesizeEdited } from './support/sources';
import type { System } from './support/system';
import { Workspace } from './support/workspace';

ownAccount();

/** A stack that is deployed, and changed step by step. */
function deployed(stack: string) {
  const checkout = new Checkout();
  const workspace = new Workspace(stack);
  return {
    workspace,
    async apply(): Promise<void> {
      await workspace.terraform('init', '-input=false');
      await workspace.terraform('apply', '-auto-approve', '-input=false');
    },
    /** Changes a file as the change before left it, and plans. */
    async change(file: string, edit: (source: string) => string): Promise<PlanJson> {
      workspace.take(await synthesizeEdited(checkout, file, edit));
      return workspace.plan();
    },
    async applyPlan(): Promise<readonly ApplyEvent[]> {
      return applyEvents(await workspace.terraform('apply', '-input=false', 'plan'));
    },
    remove(): void {
      workspace.remove();
      checkout.remove();
    },
  };
}

const withoutHash = (changes: readonly string[]): string[] =>
  changes.map((change) => change.replace(/_[0-9A-F]{8}(?= |$)/, ''));

describe('a REST API', () => {
  const system = { stack: 'data-api', api: { kind: 'REST', stage: 'prod' } } as System;
  const stack = deployed('data-api');
  const routes = async (): Promise<string[]> =>
    Object.keys(await routesOf(system, (await apiIds(system))[0]!)).sort();

  beforeAll(() => stack.apply());
  afterAll(() => {
    stack.remove();
  });

  it('has a path parameter renamed in place', async () => {
    const plan = await stack.change('stacks/data-api.ts', (source) =>
      source.replace('(method, path, fn, access)', "(method, path.replace('{id}', '{key}'), fn, access)"),
    );

    expect(withoutHash(differences(plan))).toEqual([
      'replace aws_api_gateway_deployment.api_deployment',
      'update aws_api_gateway_resource.api_resource-data-- path_part',
      'update aws_api_gateway_stage.api_stage deployment_id',
    ]);
    await stack.applyPlan();
    expect(await routes()).toEqual(['GET /data/{key}', 'POST /data']);
  });

  it('has no difference after that', async () => {
    expect(differences(await stack.workspace.plan())).toEqual([]);
  });

  describe('whose integration becomes of another type', () => {
    let plan: PlanJson;

    it('is refused as it is', async () => {
      plan = await stack.change('stacks/constructs/rest-api.ts', (source) =>
        source.replace("type: 'AWS_PROXY'", "type: 'AWS'"),
      );
      const { refusals } = stack.workspace.review(plan);
      expect(refusals).toHaveLength(2);
      for (const { rule, sentence } of refusals) {
        expect(rule).toBe('order');
        expect(sentence).toContain('aws apigateway delete-integration --rest-api-id');
      }
    });

    it('is changed once that is done, without a moment in which the stage has no integration', async () => {
      for (const { sentence } of stack.workspace.review(plan).refusals) {
        const [, restApiId, resourceId, httpMethod] =
          /--rest-api-id (\S+) --resource-id (\S+) --http-method (\S+)/.exec(sentence)!;
        await aws.apiGateway.send(new DeleteIntegrationCommand({ restApiId, resourceId, httpMethod }));
      }
      plan = await stack.workspace.plan();
      expect(stack.workspace.review(plan).refusals).toEqual([]);

      const events = await stack.applyPlan();

      const integration = /^aws_api_gateway_integration\./;
      expect(lastOf(events, 'Created', integration)).toBeLessThan(
        firstOf(events, 'Creating', /^aws_api_gateway_deployment\./),
      );
      expect(events.filter(({ event }) => event === 'Destroying').map(({ address }) => address)).toEqual([
        'aws_api_gateway_deployment.api_deployment',
      ]);
    });

    it('has no difference after that', async () => {
      expect(differences(await stack.workspace.plan())).toEqual([]);
    });
  });

  it('has its functions and its table renamed, the new ones before the old ones go', async () => {
    const plan = await stack.change('stacks/data-api.ts', (source) =>
      source
        .replace("'MyDataTable'", "'OtherTable'")
        .replace(/(environment,\s+)functionName,/, '$1functionName: `Other${functionName}`,'),
    );
    const { refusals } = stack.workspace.review(plan);
    expect(refusals.filter(({ rule }) => rule !== 'loss')).toEqual([]);

    const events = await stack.applyPlan();

    expect(lastOf(events, 'Modified', /^aws_api_gateway_stage\./)).toBeLessThan(
      firstOf(events, 'Destroying', /^aws_lambda_function\./),
    );
    expect(differences(await stack.workspace.plan())).toEqual([]);
  });

  it('loses a route, and a second deployment ends what the stage knows of it', async () => {
    const plan = await stack.change('stacks/data-api.ts', (source) =>
      source.replace('routes.map', 'routes.slice(0, 1).map'),
    );
    const { notes } = stack.workspace.review(plan);
    expect(notes).toHaveLength(1);
    const events = await stack.applyPlan();
    expect(lastOf(events, 'Created', /^aws_api_gateway_deployment\./)).toBeLessThan(
      firstOf(events, 'Destroying', /^aws_api_gateway_method\./),
    );

    await stack.workspace.terraform('apply', '-auto-approve', `-replace=${notes[0]!.address}`);

    expect(await routes()).toEqual(['POST /data']);
    expect(differences(await stack.workspace.plan())).toEqual([]);
  });
});

describe('an HTTP API', () => {
  const stack = deployed('items-api');

  beforeAll(() => stack.apply());
  afterAll(() => {
    stack.remove();
  });

  it('has a path parameter renamed in place, by permissions that are there before and go afterwards', async () => {
    const plan = await stack.change('stacks/items-api.ts', (source) =>
      source.replace('(method, path, fn, access)', "(method, path.replace('{id}', '{key}'), fn, access)"),
    );

    expect(
      new Set(withoutHash(differences(plan)).map((change) => change.replace(/-(GET|PUT|DELETE)-/, '-*-'))),
    ).toEqual(
      new Set([
        'update aws_apigatewayv2_route.api_route-*-items-- route_key',
        'replace aws_lambda_permission.GetItemFunction_permission-*-items--',
        'replace aws_lambda_permission.UpdateItemFunction_permission-*-items--',
        'replace aws_lambda_permission.DeleteItemFunction_permission-*-items--',
      ]),
    );
    const events = await stack.applyPlan();
    for (const route of ['GET-items--', 'PUT-items--', 'DELETE-items--']) {
      const permission = new RegExp(`_permission-${route}$`);
      const live = new RegExp(`^aws_apigatewayv2_route\\.api_route-${route}$`);
      expect(lastOf(events, 'Created', permission)).toBeLessThan(firstOf(events, 'Modifying', live));
      expect(lastOf(events, 'Modified', live)).toBeLessThan(firstOf(events, 'Destroying', permission));
    }
  });

  it('has no difference after that', async () => {
    expect(differences(await stack.workspace.plan())).toEqual([]);
  });
});
