import { TerraformElement, TerraformStack, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Says that a resource whose id holds a path by its parameters' places held it by their names in release 0.1, so that a
 * state of that release goes on with it instead of making it anew.
 */
export function movedFrom(resource: TerraformResource, position: string, path: string): void {
  if (position === path) return;
  const formerId = resource.node.id.replace(idOf(position), idOf(path));
  new Moved(resource, 'moved', formerName(resource.node.scope!, formerId));
}

/** As `moveFromId` writes it, which asks the terraform on the PATH for its version: synthesis needs none. */
class Moved extends TerraformElement {
  constructor(
    private readonly resource: TerraformResource,
    id: string,
    private readonly formerName: string,
  ) {
    super(resource, id);
  }

  override toTerraform(): object {
    const { terraformResourceType: type, friendlyUniqueId: name } = this.resource;
    return { moved: [{ from: `${type}.${this.formerName}`, to: `${type}.${name}` }] };
  }
}

/**
 * A resource of release 0.1 that stays in the account as it is, in nobody's state.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 */
export class Forgotten extends TerraformElement {
  private readonly from: string;

  constructor(scope: Construct, id: string, resourceType: string, formerId: string) {
    super(scope, id);
    this.from = `${resourceType}.${formerName(scope, formerId)}`;
  }

  override toTerraform(): object {
    return { removed: [{ from: this.from, lifecycle: { destroy: false } }] };
  }
}

/** The name that cdktf gives a child of this id. */
function formerName(scope: Construct, formerId: string): string {
  const former = new Construct(scope, formerId);
  const name = TerraformStack.of(scope).getLogicalId(former.node);
  scope.node.tryRemoveChild(former.node.id);
  return name;
}

/** Ids hold no slash. */
function idOf(text: string): string {
  return text.replaceAll('/', '--');
}
