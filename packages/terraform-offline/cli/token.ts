import { parseArgs } from 'node:util';
import { storedIssuer } from '../api-gateway/authorizers/local-issuer';
import { pairs } from './options';

const usage = (name: string) => `Usage: ${name} token --issuer <url> [options]

Prints a token that the APIs served from here take as one of the issuer's: of a Cognito
user pool of the configuration, or of an issuer that cannot be reached from here.

  --issuer <url>             as the authorizer has it
  --claim <name>=<value>     such as sub=ann, aud=CLIENT, scope='read write',
                             cognito:groups='["admins"]'; again for others
  --expires-in <seconds>     default 3600
  --data-dir <folder>        where the server keeps its data, default .local
`;

/** What is no text in tokens: lists, objects, and whether something is so. */
const JSON_VALUE = /^(?:true$|false$|[[{])/;

/**
 * Prints a token, signed with the key in the data folder.
 * @throws an error of one line for wrong options, or where no server has made a key
 */
export async function printToken(
  args: readonly string[],
  { name }: { readonly name: string },
): Promise<void> {
  const isHelp = args.includes('--help') || args.includes('-h');
  process.stdout.write(isHelp ? usage(name) : `${await makeToken(args)}\n`);
}

async function makeToken(args: readonly string[]): Promise<string> {
  const { issuer, claims, seconds, folder } = readTokenOptions(args);
  const { sign } = await storedIssuer(folder);
  const now = Math.floor(Date.now() / 1000);
  return sign({ iss: issuer, exp: now + seconds, ...claims });
}

function readTokenOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      issuer: { type: 'string' },
      claim: { type: 'string', multiple: true, default: [] },
      'expires-in': { type: 'string', default: '3600' },
      'data-dir': { type: 'string', default: '.local' },
    },
  });
  if (!values.issuer) throw new Error('--issuer: whose token is it? See token --help');
  const seconds = Number(values['expires-in']);
  if (!Number.isInteger(seconds)) {
    throw new Error(`--expires-in: received "${values['expires-in']}", expected a number of seconds`);
  }
  const claims = Object.entries(pairs('--claim', values.claim)).map(([name, text]) => [
    name,
    claimOf(name, text),
  ]);
  return {
    issuer: values.issuer,
    claims: Object.fromEntries(claims) as Record<string, unknown>,
    seconds,
    folder: values['data-dir'],
  };
}

function claimOf(name: string, text: string): unknown {
  if (['exp', 'nbf', 'iat', 'auth_time'].includes(name) && /^\d+$/.test(text)) return Number(text);
  if (!JSON_VALUE.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`--claim ${name}: received "${text}", which is no JSON`, { cause: error });
  }
}
