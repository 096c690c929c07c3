import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetAccountCommand, GetRestApisCommand, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Checkout } from '../../support/checkout';
import { ownAccount } from './account';
import { aws } from './aws';
import { differences } from './differences';
import { Workspace } from './workspace';

const SYSTEMS = ['data-api', 'items-api', 'dynamodb-manager', 'order-api'];

/**
 * Defines the tests that an environment other than `default` applies, with the account's stack before it.
 * @param settings what it has besides, as somebody would write it; the account is there by then. Default: nothing
 */
export function describeEnvironment(
  environment: string,
  retentionInDays: number,
  settings?: () => Promise<string>,
): void {
  describe(environment, () => {
    ownAccount();
    beforeAll(async () => {
      if (!settings) return;
      const source = readFileSync('stacks/environment.ts', 'utf8');
      const place = `  ${environment}: {`;
      expect(source).toContain(place);
      checkout.write('stacks/environment.ts', source.replace(place, `${place}\n${await settings()}`));
    });
    const checkout = new Checkout();
    let account: Workspace;
    let systems: Workspace[];
    const groups = async (): Promise<Record<string, number | undefined>> => {
      const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({}));
      return Object.fromEntries(
        logGroups.map(({ logGroupName = '', retentionInDays }) => [logGroupName, retentionInDays]),
      );
    };

    async function synthesized(...stacks: string[]): Promise<Workspace[]> {
      expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
      return stacks.map((stack) => new Workspace(stack, path.join(checkout.root, 'cdktf.out')));
    }

    async function apply(workspace: Workspace): Promise<void> {
      await workspace.terraform('init', '-input=false');
      await workspace.terraform('apply', '-auto-approve', '-input=false');
    }

    beforeAll(async () => {
      Object.assign(process.env, { ENVIRONMENT: environment, STACK: 'account' });
      [account] = (await synthesized('account')) as [Workspace];
      delete process.env.STACK;
      systems = await synthesized(...SYSTEMS);
    });
    afterAll(() => {
      for (const workspace of [account, ...systems]) workspace.remove();
      checkout.remove();
    });

    it('takes the role of the account first', async () => {
      await apply(account);

      const { cloudwatchRoleArn } = await aws.apiGateway.send(new GetAccountCommand({}));
      expect(cloudwatchRoleArn).toMatch(/:role\/api-gateway-logs$/);
      expect(differences(await account.plan())).toEqual([]);
    });

    it.each(SYSTEMS)('applies %s, and has no difference at a second plan', async (stack) => {
      const workspace = systems[SYSTEMS.indexOf(stack)]!;
      await apply(workspace);
      expect(differences(await workspace.plan())).toEqual([]);
    });

    it('logs every request and the errors of every REST API, for the days set', async () => {
      const { items = [] } = await aws.apiGateway.send(new GetRestApisCommand({}));
      expect(items.map(({ name }) => name).sort()).toEqual(
        ['data-api', 'dynamodb-manager', 'order-api'].map((name) => `${name}-${environment}`),
      );
      const kept = await groups();
      for (const { id, name } of items) {
        const stage = await aws.apiGateway.send(new GetStageCommand({ restApiId: id, stageName: 'prod' }));
        expect(stage.accessLogSettings?.destinationArn).toContain(
          `:log-group:/aws/vendedlogs/apigateway/${name}`,
        );
        expect(stage.methodSettings).toMatchObject({
          '*/*': { loggingLevel: 'ERROR', dataTraceEnabled: false },
        });
        expect(kept).toMatchObject({
          [`/aws/vendedlogs/apigateway/${name}`]: retentionInDays,
          [`API-Gateway-Execution-Logs_${id}/prod`]: retentionInDays,
        });
      }
      expect(kept).toMatchObject({
        [`/aws/vendedlogs/apigateway/items-api-${environment}`]: retentionInDays,
      });
      expect(new Set(Object.values(kept))).toEqual(new Set([retentionInDays]));
    });

    it('does not take the role away, not even when asked to', async () => {
      await expect(account.terraform('destroy', '-auto-approve', '-input=false')).rejects.toThrow(
        'lifecycle.prevent_destroy',
      );
      expect(await aws.apiGateway.send(new GetAccountCommand({}))).toHaveProperty('cloudwatchRoleArn');
    });

    if (environment === 'staging') {
      it('is destroyed, and leaves no log group', async () => {
        for (const workspace of systems)
          await workspace.terraform('destroy', '-auto-approve', '-input=false');
        expect(await groups()).toEqual({});
      });
    }
  });
}
