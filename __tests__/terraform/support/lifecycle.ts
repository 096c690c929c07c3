import type { PlanJson } from '../../../tools/plan/plan-json';
import { Checkout } from '../../support/checkout';
import { expectSystem, whatIsLeft } from './checks/system';
import { codeHashes, layerVersions, liveVersions, rollBack } from './checks/functions';
import { differences } from './differences';
import { synthesizeEdited } from './sources';
import type { System } from './system';
import { Workspace } from './workspace';

/** Nobody else has touched the account: what was read a moment ago need not be read again. */
const SINCE_APPLIED = '-refresh=false';

/** Defines the tests of one stack's life in an account, from nothing to nothing; each goes on where the last one ended. */
export function describeLifecycle(system: System): void {
  const { stack } = system;

  describe(stack, () => {
    let workspace: Workspace;
    let checkout: Checkout;
    const functionAddress = (name: string): string =>
      addressOf(workspace, 'aws_lambda_function', 'function_name', name);
    const aliasAddress = (): string => {
      const version = `\${${functionAddress(system.handler.functionName)}.version}`;
      return addressOf(workspace, 'aws_lambda_alias', 'function_version', version);
    };

    beforeAll(() => {
      workspace = new Workspace(stack);
      checkout = new Checkout();
    });
    afterAll(() => {
      workspace.remove();
      checkout.remove();
    });

    it('is a configuration the provider accepts', async () => {
      await workspace.terraform('init', '-input=false');
      await workspace.terraform('validate');
    });

    it('creates every resource, and a review has nothing against it', async () => {
      const plan = await workspace.plan();

      expect(actions(plan)).toEqual(addresses(workspace).map((address) => `create ${address}`));
      expect(workspace.review(plan).refusals).toEqual([]);
    });

    it('is applied, and has exactly the three outputs', async () => {
      await workspace.terraform('apply', '-input=false', 'plan');

      const outputs = JSON.parse(await workspace.terraform('output', '-json')) as Record<
        string,
        { value: unknown }
      >;
      expect(Object.keys(outputs).sort()).toEqual([
        'api_gateway_url',
        'dynamodb_table_name',
        'lambda_function_names',
      ]);
      expect(outputs.dynamodb_table_name?.value).toBe(system.table);
      expect([...(outputs.lambda_function_names?.value as string[])].sort()).toEqual(
        Object.keys(system.functions).sort(),
      );
      expect(outputs.api_gateway_url?.value).toMatch(
        system.api.kind === 'REST' ? new RegExp(`^https://.+/${system.api.stage}$`) : /^https?:\/\/.+[^/]$/,
      );
    });

    it('is in the account as promised', () => expectSystem(system));

    it('has no difference at a second plan', async () => {
      expect(differences(await workspace.plan())).toEqual([]);
    });

    it('updates the code of exactly the function whose source changed', async () => {
      const before = await codeHashes(system);
      const append = (source: string): string => `${source}\nexport const changed = true;\n`;
      workspace.take(await synthesizeEdited(checkout, system.handler.file, append));
      const plan = await workspace.plan(SINCE_APPLIED);
      await workspace.terraform('apply', '-input=false', 'plan');

      const changed = functionAddress(system.handler.functionName);
      const attributes = [
        'last_modified',
        'qualified_arn',
        'qualified_invoke_arn',
        'source_code_hash',
        'version',
      ];
      expect(differences(plan)).toEqual([
        `update ${aliasAddress()} function_version`,
        ...attributes.map((attribute) => `update ${changed} ${attribute}`),
      ]);
      const after = await codeHashes(system);
      const differing = Object.keys(after).filter((name) => after[name] !== before[name]);
      expect(differing).toEqual([system.handler.functionName]);
    });

    it('runs the new version of that function alone', async () => {
      expect(await liveVersions(system)).toEqual({
        ...Object.fromEntries(Object.keys(system.functions).map((name) => [name, '1'])),
        [system.handler.functionName]: '2',
      });
    });

    it('is rolled back by one command, which the next plan would undo', async () => {
      await rollBack(system.handler.functionName, '1');

      const plan = await workspace.plan();

      expect(differences(plan)).toEqual([`update ${aliasAddress()} function_version`]);
      await workspace.terraform('apply', '-input=false', 'plan');
      expect(await liveVersions(system)).toMatchObject({ [system.handler.functionName]: '2' });
    });

    if (system.api.kind === 'REST') {
      it('is deployed anew when the API changes, and no function with it', async () => {
        const file = 'stacks/constructs/rest-api/gateway-responses.ts';
        const edit = (source: string): string => source.replace("'application/problem+json'", "'text/plain'");
        workspace.take(await synthesizeEdited(checkout, file, edit));

        const changes = differences(await workspace.plan(SINCE_APPLIED));

        const types = new Set(changes.map((change) => /^(\w+ \w+)/.exec(change)![1]));
        expect([...types].sort()).toEqual([
          'replace aws_api_gateway_deployment',
          'update aws_api_gateway_gateway_response',
          'update aws_api_gateway_stage',
        ]);
      });
    }

    it('is destroyed, and leaves nothing but what is kept by design', async () => {
      await workspace.terraform('destroy', '-auto-approve', '-input=false');

      expect(await whatIsLeft(system)).toEqual([]);
      expect(system.layer ? await layerVersions(system.layer) : 0).toBe(system.layer ? 1 : 0);
    });
  });
}

function actions({ resource_changes }: PlanJson): string[] {
  return resource_changes
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, change }) => `${change.actions.join(' ')} ${address}`)
    .sort();
}

function addresses(workspace: Workspace): string[] {
  return Object.entries(workspace.configuration().resource)
    .flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`))
    .sort();
}

function addressOf(workspace: Workspace, type: string, attribute: string, value: string): string {
  const resources = Object.entries(workspace.configuration().resource[type] ?? {});
  const [name] = resources.find(([, attributes]) => attributes[attribute] === value) ?? [];
  return `${type}.${name}`;
}
