import { roleOf, type System } from '../system';
import { apiIds, permittedSources, routesOf } from './api';
import { expectFunction, isFunctionGone } from './functions';
import { accessLogGroups, logGroup } from './logs';
import { expectRole, isRoleGone } from './role';
import { expectTable, isTableGone } from './table';

/** Everything a system promises, read through the AWS SDK. */
export async function expectSystem(system: System): Promise<void> {
  await expectTable(system);
  for (const name of Object.keys(system.functions)) {
    await expectFunction(system, name);
    await expectRole(system, roleOf(system, name), name);
    expect(await logGroup(name)).toMatchObject({ retentionInDays: 14 });
  }
  await expectRoutes(system);
}

/** Every route reaches its function, which API Gateway may call from that route and no other. */
async function expectRoutes(system: System): Promise<void> {
  const ids = await apiIds(system);
  expect(ids).toHaveLength(1);
  const id = ids[0]!;
  const routes = await routesOf(system, id);
  expect(Object.keys(routes).sort()).toEqual(Object.keys(system.routes).sort());
  for (const [route, functionName] of Object.entries(system.routes)) {
    expect(routes[route]).toContain(`:function:${functionName}:live/invocations`);
  }
  for (const name of Object.keys(system.functions)) {
    const sources = Object.entries(system.routes)
      .filter(([, functionName]) => functionName === name)
      .map(([route]) => `${system.api.stage}/${sourceOf(system, route)}`);
    expect(await permittedSources(name, id)).toEqual(sources);
  }
}

/** REST APIs match parameters by `*`; HTTP APIs send the route's own path, braces included. */
function sourceOf({ api }: System, route: string): string {
  const source = route.replace(' ', '');
  return api.kind === 'REST' ? source.replace(/\{[^}]+\}/g, '*') : source;
}

/** Names of what of a system is still there; layer versions, which are kept by design, aside. */
export async function whatIsLeft(system: System): Promise<string[]> {
  const names = Object.keys(system.functions);
  const left = await Promise.all([
    isTableGone(system).then((gone) => (gone ? [] : [system.table])),
    apiIds(system),
    accessLogGroups(system.stack),
    ...names.map(async (name) => [
      ...((await isFunctionGone(name)) ? [] : [name]),
      ...((await isRoleGone(roleOf(system, name))) ? [] : [roleOf(system, name)]),
      ...((await logGroup(name)) ? [`/aws/lambda/${name}`] : []),
    ]),
  ]);
  return left.flat();
}
