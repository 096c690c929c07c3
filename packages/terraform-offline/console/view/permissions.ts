import { parseArn } from '../../iam/arn';
import type { LambdaFunction } from '../../terraform/model/function';
import type { Stack } from '../../terraform/model/stack';
import { type RoleStatement, roleStatements } from '../role-statements';
import { html, type Markup } from './html';

/** Every statement of every function's role, and who may invoke the function. */
export function permissions({ functions }: Stack): Markup {
  return html`<div class="table" role="region" aria-label="Permissions" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">May</th>
          <th scope="col">On</th>
        </tr>
      </thead>
      ${functions.map(group)}
    </table>
  </div>`;
}

function group(fn: LambdaFunction): Markup {
  const rows = roleStatements(fn);
  return html`<tbody>
    ${rows.map((row, i) => statement(fn, row, i === 0 ? rows.length : 0))}
    ${fn.permissions.map(
      ({ action, principal, sourceArn, qualifier }) =>
        html`<tr>
          <th scope="row">${principal}</th>
          <td><code>${action}</code></td>
          <td>
            <code>${fn.name}${qualifier && `:${qualifier}`}</code
            >${sourceArn && html` from ${arn(sourceArn)}`}
          </td>
        </tr>`,
    )}
  </tbody>`;
}

function statement(fn: LambdaFunction, { effect, actions, resources }: RoleStatement, span: number): Markup {
  const deny = effect === 'Deny' ? html`<strong class="deny">Deny</strong> ` : undefined;
  return html`<tr>
    ${
      span > 0
        ? html`<th scope="rowgroup" rowspan="${span}">${fn.name}<small>${fn.role.name}</small></th>`
        : undefined
    }
    <td>${deny}${actions.map((action) => html`<code>${action}</code> `)}</td>
    <td>${resources.map((resource) => arn(resource))}</td>
  </tr>`;
}

/** The part of an ARN that tells resources of one account apart; the whole of it as a tooltip. */
function arn(text: string): Markup {
  const { resource } = parseArn(text);
  return html`<code title="${text}">${resource === '' ? text : resource}</code> `;
}
