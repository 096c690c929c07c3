import { LambdaLayer } from '../../../stacks/constructs/lambda-layer';
import { NodeFunction } from '../../../stacks/constructs/node-function';
import { environment } from '../../../stacks/environment';
import { resource, resourcesOf, synthesize } from '../../support/synth';

const withLayer = (bundle = 'items-orm', settings = environment()) =>
  synthesize((stack, environment) => {
    const layer = new LambdaLayer(stack, 'layer', { environment, layerName: 'tools', bundle });
    const props = { environment, bundle: 'data-api/store-data' };
    new NodeFunction(stack, 'with', { ...props, functionName: 'With', layers: [layer] });
    new NodeFunction(stack, 'without', { ...props, functionName: 'Without' });
  }, settings);

const stack = withLayer();
const version = resource(stack, 'aws_lambda_layer_version');

test('every change publishes a version, and versions in use are never deleted', () => {
  expect(version).toMatchObject({
    layer_name: 'tools',
    filename: expect.stringMatching(/^\$\{data\.archive_file\.layer_archive_\w+\.output_path\}$/) as string,
    source_code_hash: expect.stringMatching(/\.output_base64sha256\}$/) as string,
    skip_destroy: true,
  });
});

test('the version says where it runs', () => {
  expect(version).toMatchObject({
    compatible_runtimes: ['nodejs24.x'],
    compatible_architectures: ['arm64'],
  });
  const older = withLayer('items-orm', { ...environment(), runtime: 'nodejs22.x' });
  expect(resource(older, 'aws_lambda_layer_version').compatible_runtimes).toEqual(['nodejs22.x']);
});

test('the zip is made from a relative folder with fixed modes', () => {
  const archives = Object.values(stack.data?.archive_file as Record<string, Record<string, unknown>>);
  expect(archives).toContainEqual({
    type: 'zip',
    source_dir: expect.stringMatching(/^assets\/layer_code_\w+\/bundle$/) as string,
    output_path: 'assets/tools.zip',
    output_file_mode: '0644',
  });
});

test('a function refers to the version it is given, and others have no layer', () => {
  const [id] = Object.keys(resourcesOf(stack, 'aws_lambda_layer_version'));
  const layersOf = (functionName: string) =>
    resource(stack, 'aws_lambda_function', { function_name: functionName }).layers;
  expect(layersOf('With')).toEqual([`\${aws_lambda_layer_version.${id}.arn}`]);
  expect(layersOf('Without')).toBeUndefined();
});

test('its name carries the environment', () => {
  const staging = withLayer('items-orm', environment('staging'));
  expect(resource(staging, 'aws_lambda_layer_version').layer_name).toBe('tools-staging');
});

test('a layer without a bundle is refused at synth', () => {
  expect(() => withLayer('nothing')).toThrow(
    /there is no bundle .*build\/layers\/nothing; add functions\/test\/layer\/nothing\.ts, or correct the bundle's name/,
  );
});
