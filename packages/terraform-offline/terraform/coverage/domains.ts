import { type Coverage, withoutEffect } from './coverage';

/** What custom domains need on AWS: here they answer without. */
export const domains: Coverage = {
  aws_acm_certificate: withoutEffect,
  aws_acm_certificate_validation: withoutEffect,
  aws_route53_record: withoutEffect,
  aws_route53_zone: withoutEffect,
  'data.aws_acm_certificate': withoutEffect,
  'data.aws_route53_zone': withoutEffect,
};
