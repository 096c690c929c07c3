import { environment } from '../../../stacks/environment';
import { lambdaBundleOptions } from '../../../tools/build/functions';

test.each(['default', 'staging', 'production'])('functions are bundled for the runtime of %s', (name) => {
  const { runtime } = environment(name);

  expect(`${lambdaBundleOptions.target.replace('node', 'nodejs')}.x`).toBe(runtime);
});
