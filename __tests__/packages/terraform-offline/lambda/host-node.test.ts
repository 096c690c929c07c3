import { functionsOfOtherNode } from '../../../../packages/terraform-offline/lambda/host-node';

const functions = [
  { name: 'Store', runtime: 'nodejs24.x' },
  { name: 'Retrieve', runtime: 'nodejs24.x' },
  { name: 'Old', runtime: 'nodejs22.x' },
  { name: 'Snake', runtime: 'python3.13' },
];

test.each([
  ['24.1.0', ['nodejs22.x: Old'], ['Store', 'Retrieve', 'Snake']],
  ['22.3.0', ['nodejs24.x: Store, Retrieve'], ['Old', 'Snake']],
  ['26.0.0', ['nodejs24.x: Store, Retrieve', 'nodejs22.x: Old'], ['Snake']],
])('on Node %s, names %j', (version, named, unnamed) => {
  const said = functionsOfOtherNode(functions, version);

  expect(said).toContain(version);
  for (const name of named) expect(said).toContain(name);
  for (const name of unnamed) expect(said).not.toContain(name);
});

test('has nothing to say of functions that run on the Node of their runtime', () => {
  expect(functionsOfOtherNode([functions[2]!, functions[3]!], '22.3.0')).toBeUndefined();
});
