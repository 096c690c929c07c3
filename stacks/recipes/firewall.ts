import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import type { RestApi } from '../constructs/rest-api';

/** AWS's own lists of what to keep out: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const MANAGED = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/**
 * Puts AWS WAF before a REST API: AWS's managed rules, and so many requests in five minutes of one address. HTTP APIs take no
 * web ACL: https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export function protectByFirewall(api: RestApi, name: string, requestsInFiveMinutes = 2000): void {
  const acl = new Wafv2WebAcl(api, 'firewall', {
    name,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibilityConfig(name),
    rule: [
      ...MANAGED.map((group, priority) => ({
        name: group,
        priority,
        overrideAction: { none: {} },
        statement: { managed_rule_group_statement: { name: group, vendor_name: 'AWS' } },
        visibilityConfig: visibilityConfig(`${name}-${group}`),
      })),
      {
        name: 'rate',
        priority: MANAGED.length,
        action: { block: {} },
        statement: { rate_based_statement: { aggregate_key_type: 'IP', limit: requestsInFiveMinutes } },
        visibilityConfig: visibilityConfig(`${name}-rate`),
      },
    ],
  });
  new Wafv2WebAclAssociation(api, 'firewall-association', {
    webAclArn: acl.arn,
    resourceArn: api.resources.stage.arn,
  });
}

function visibilityConfig(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
