import { ACCOUNT } from '../../iam/arn';
import type { Compute, ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

/** What others refer to of custom domains, and of the certificates and records that they need on AWS. */
export const domains: ComputedAttributes = {
  aws_api_gateway_domain_name: {
    id: (domain) => domain.text('domain_name'),
    arn: (domain) => `arn:aws:apigateway:${domain.region}::/domainnames/${domain.text('domain_name')}`,
    cloudfront_domain_name: (domain) => `${domain.uniqueId(13)}.cloudfront.net`,
    // The same for all: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
    cloudfront_zone_id: () => 'Z2FDTNDATAQYW2',
    domain_name_id: (domain) => domain.uniqueId(10),
    regional_domain_name: regionalName,
    regional_zone_id: zoneId,
  },
  aws_api_gateway_base_path_mapping: {
    id: (mapping) => `${mapping.text('domain_name')}/${mapping.text('base_path', '')}`,
  },
  aws_apigatewayv2_domain_name: {
    id: (domain) => domain.text('domain_name'),
    arn: (domain) => `arn:aws:apigateway:${domain.region}::/domainnames/${domain.text('domain_name')}`,
    api_mapping_selection_expression: () => '$request.basepath',
    'domain_name_configuration.hosted_zone_id': zoneId,
    'domain_name_configuration.target_domain_name': regionalName,
  },
  aws_apigatewayv2_api_mapping: { id: (mapping) => mapping.uniqueId(6) },

  aws_acm_certificate: {
    id: certificateArn,
    arn: certificateArn,
    domain_validation_options: validationOptions,
    status: () => 'ISSUED',
  },
  aws_acm_certificate_validation: { id: (validation) => validation.uniqueId(20) },
  'data.aws_acm_certificate': { id: certificateArn, arn: certificateArn, status: () => 'ISSUED' },

  aws_route53_zone: zoneOf(),
  'data.aws_route53_zone': zoneOf(),
  aws_route53_record: {
    id: (record) => [record.text('zone_id'), record.text('name'), record.text('type')].join('_'),
    fqdn: (record) => record.text('name'),
  },
};

function regionalName(domain: Resource): string {
  return `d-${domain.uniqueId(10)}.execute-api.${domain.region}.amazonaws.com`;
}

function zoneId(resource: Resource): string {
  return `Z${resource.uniqueId(13).toUpperCase()}`;
}

function zoneOf(): Readonly<Record<string, Compute>> {
  return {
    id: zoneId,
    zone_id: zoneId,
    arn: (zone) => `arn:aws:route53:::hostedzone/${zoneId(zone)}`,
    name_servers: () => [1, 2, 3, 4].map((n) => `ns-${n}.awsdns-0${n}.com`),
  };
}

function certificateArn(certificate: Resource): string {
  return `arn:aws:acm:${certificate.region}:${ACCOUNT}:certificate/${certificate.uniqueId(12)}`;
}

/** A record for each of the certificate's names, which proves who owns it. */
function validationOptions(certificate: Resource) {
  const names = [certificate.text('domain_name'), ...certificate.texts('subject_alternative_names')];
  return [...new Set(names)].map((domain_name) => ({
    domain_name,
    resource_record_name: `_${certificate.uniqueId(16)}.${domain_name.replace(/^\*\./, '')}.`,
    resource_record_type: 'CNAME',
    resource_record_value: `_${certificate.uniqueId(20)}.acm-validations.aws.`,
  }));
}
