import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';

export interface Stage {
  readonly name: string;
  /** @throws when they cannot be evaluated, or the stage is one that is not served */
  readonly variables: () => Readonly<Record<string, string>>;
}

const WITHOUT_ADDRESS = 'the API has no address, and answers nothing';

/**
 * The stages of a REST API: its `aws_api_gateway_stage`s, and those that deployments make by their `stage_name`. An API
 * without any is noted.
 */
export function readStages(attempts: Attempts, api: Resource): Stage[] {
  const id = api.text('id');
  const ofApi = (type: string, effect: string) =>
    attempts.belonging(type, effect, (resource) => resource.text('rest_api_id') === id);
  const stages = ofApi('aws_api_gateway_stage', 'the stage is missing');
  const deployments = ofApi('aws_api_gateway_deployment', 'its stage is missing');
  const byName = new Map<string, Stage>();
  let areNamed = true;
  for (const resource of [...deployments, ...stages]) {
    const named = attempts.attempt({ address: resource.where, effect: 'the stage is missing' }, () =>
      // What a stage must have, a deployment may have.
      resource.type === 'aws_api_gateway_stage'
        ? resource.text('stage_name')
        : resource.optionalText('stage_name'),
    );
    areNamed &&= !named.unserved;
    if (named.unserved || named.value === undefined) continue;
    byName.set(named.value, { name: named.value, variables: () => stageVariables(resource) });
  }
  if (byName.size === 0 && areNamed) {
    const [deployment] = deployments;
    attempts.note({
      address: (deployment ?? api).where,
      reason: deployment
        ? `${deployment.where} has no stage_name, and no aws_api_gateway_stage deploys ${api.address}; write either`
        : `${api.where} has no stage: write an aws_api_gateway_deployment and an aws_api_gateway_stage of it`,
      effect: WITHOUT_ADDRESS,
    });
  }
  return [...byName.values()];
}

function stageVariables(stage: Resource): Readonly<Record<string, string>> {
  refuseGaps(stage);
  return stage.textMap('variables');
}
