import {
  LambdaLayerVersion,
  type LambdaLayerVersionConfig,
} from '@cdktf/provider-aws/lib/lambda-layer-version';
import { Construct } from 'constructs';
import type { Environment } from '../environment';
import { bundleArchive } from './bundle-archive';
import { transformed, type Transform } from './transform';

export interface LambdaLayerProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly layerName: string;
  /** The folder under `build/layers` whose contents Lambda unpacks to `/opt`. */
  readonly bundle: string;
  /** Default: the version is made as it is. */
  readonly transform?: Transform<{ readonly version: LambdaLayerVersionConfig }>;
}

/** A Lambda layer: every change publishes a version, and the versions that running functions use stay. */
export class LambdaLayer extends Construct {
  /** ARN of the version, which is what functions refer to. */
  readonly arn: string;
  readonly resources: { readonly version: LambdaLayerVersion };

  /** @throws when the bundle is missing */
  constructor(scope: Construct, id: string, { environment, layerName, bundle, transform }: LambdaLayerProps) {
    super(scope, id);
    const name = environment.resourceName(layerName);
    const archive = bundleArchive(this, `layers/${bundle}`, name);
    const config: LambdaLayerVersionConfig = {
      layerName: name,
      filename: archive.outputPath,
      sourceCodeHash: archive.outputBase64Sha256,
      compatibleRuntimes: [environment.runtime],
      compatibleArchitectures: ['arm64'],
      // A function on an older version, rolled back or still being updated, would lose its code.
      skipDestroy: true,
    };
    const version = new LambdaLayerVersion(this, 'version', transformed(transform, 'version', config));
    this.resources = { version };
    this.arn = version.arn;
  }
}
