import { functionUrlSegment } from '../computed/lambda';
import { refuseGaps } from '../coverage/gaps';
import type { FunctionUrl } from '../model/function-url';
import type { Resource } from '../language/configuration/resource';
import { parseArn } from '../../iam/arn';
import type { Attempts } from './attempts';
import { readCors } from './cors';

export function readFunctionUrls(attempts: Attempts): FunctionUrl[] {
  return attempts.configuration.all('aws_lambda_function_url').flatMap((url): FunctionUrl[] => {
    const effect = 'the function URL is missing';
    const placed = attempts.attempt({ address: url.where, effect }, () => place(url));
    if (placed.unserved) return [];
    const part = { address: url.where, effect: 'the function URL answers 501' };
    const tried = attempts.attempt(part, () => settings(url));
    return tried.unserved
      ? [{ ...placed.value, cors: undefined, invokeMode: 'BUFFERED' as const, unserved: tried.unserved }]
      : [{ ...placed.value, ...tried.value }];
  });
}

function place(url: Resource) {
  const functionArn = url.text('function_arn');
  return {
    kind: 'function-url',
    id: url.text('url_id'),
    name: parseArn(functionArn).resource.replace(/^function:/, ''),
    segment: functionUrlSegment(url),
    stageName: '$default',
    functionArn,
  } as const;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
function settings(url: Resource): Pick<FunctionUrl, 'authorizer' | 'cors' | 'invokeMode'> {
  refuseGaps(url);
  const qualifier = url.optionalText('qualifier');
  if (qualifier !== undefined && /^(\d+|\$LATEST)$/.test(qualifier)) {
    throw new Error(
      `${url.where}.qualifier: Lambda takes the name of an alias, received ${qualifier}: leave it out for $LATEST`,
    );
  }
  const invokeMode = url.text('invoke_mode', 'BUFFERED');
  if (invokeMode !== 'BUFFERED' && invokeMode !== 'RESPONSE_STREAM') {
    throw new Error(
      `${url.where}.invoke_mode: Lambda takes BUFFERED and RESPONSE_STREAM, received ${invokeMode}`,
    );
  }
  const authorization = url.text('authorization_type');
  if (authorization !== 'NONE' && authorization !== 'AWS_IAM') {
    throw new Error(
      `${url.where}.authorization_type: Lambda takes NONE and AWS_IAM, received ${authorization}`,
    );
  }
  const cors = url.block('cors');
  return {
    ...(authorization === 'AWS_IAM' && { authorizer: { kind: 'iam' as const } }),
    cors: cors && readCors(cors),
    invokeMode,
  };
}
