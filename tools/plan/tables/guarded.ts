import type { Guard } from '../guard';
import { apiGateway } from './guarded/api-gateway';
import { dynamodb } from './guarded/dynamodb';
import { lambda } from './guarded/lambda';
import { others } from './guarded/others';

/** What each type of resource has that protects something, or that others rely on. */
export const GUARDED: Readonly<Record<string, readonly Guard[]>> = {
  ...apiGateway,
  ...dynamodb,
  ...lambda,
  ...others,
};
