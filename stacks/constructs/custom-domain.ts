import { Apigatewayv2ApiMapping } from '@cdktf/provider-aws/lib/apigatewayv2-api-mapping';
import { Apigatewayv2DomainName } from '@cdktf/provider-aws/lib/apigatewayv2-domain-name';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { Construct } from 'constructs';
import type { Environment } from '../environment';

/**
 * Puts a stage of an API of either kind at a domain name of the system's own, `items-api.example.com`, and at nothing below
 * it. Returns its URL, without a slash at the end.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 * @param system what the name begins with
 */
export function addCustomDomain(
  scope: Construct,
  { name, certificateArn, hostedZoneId }: NonNullable<Environment['domain']>,
  system: string,
  stage: { readonly apiId: string; readonly stage: string },
): string {
  const domainName = `${system}.${name}`;
  const domain = new Apigatewayv2DomainName(scope, 'domain', {
    domainName,
    domainNameConfiguration: { certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
  });
  new Apigatewayv2ApiMapping(scope, 'domain-mapping', { ...stage, domainName: domain.domainName });
  if (hostedZoneId !== undefined) {
    const { targetDomainName, hostedZoneId: zoneId } = domain.domainNameConfiguration;
    new Route53Record(scope, 'domain-record', {
      zoneId: hostedZoneId,
      name: domain.domainName,
      type: 'A',
      alias: { name: targetDomainName, zoneId, evaluateTargetHealth: false },
    });
  }
  return `https://${domainName}`;
}
