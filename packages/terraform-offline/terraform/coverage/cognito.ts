import { type Coverage, notServed, served, withoutEffect } from './coverage';

const NO_USERS = 'nobody signs in here: terraform-offline token makes the tokens of its users';

export const cognito: Coverage = {
  aws_cognito_resource_server: {
    identifier: served,
    name: withoutEffect,
    scope: { scope_description: withoutEffect, scope_name: served },
    user_pool_id: served,
  },
  aws_cognito_user: notServed(NO_USERS),
  aws_cognito_user_group: notServed(NO_USERS),
  aws_cognito_user_in_group: notServed(NO_USERS),
  aws_cognito_user_pool: notServed(NO_USERS),
  aws_cognito_user_pool_client: withoutEffect,
  aws_cognito_user_pool_domain: notServed(NO_USERS),
};
