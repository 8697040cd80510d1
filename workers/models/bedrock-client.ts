import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { z } from 'zod';

/** Where the service is, and who calls it. */
export interface BedrockPlace {
  readonly region: string;
  /** Another address than AWS's, for the sandbox and for private endpoints. */
  readonly endpoint?: string | undefined;
  /** Without them the SDK looks for some in its usual places, an API key in AWS_BEARER_TOKEN_BEDROCK first. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

const CONNECT_MS = 5000;

/** The SDK's client, which makes one attempt and opens nothing until it is called. */
export function createBedrockClient({ region, endpoint, credentials }: BedrockPlace, timeoutMs: number, connections: number) {
  // No connection is used twice: one that the service closes meanwhile cannot be told from an answer that was lost, and a handshake is cheaper
  // than a second picture. The SDK's own handler speaks HTTP/2 and waits for ever.
  const agent = { keepAlive: false, maxSockets: connections };
  return new BedrockRuntimeClient({
    region,
    // A call has no token that would make it safe to repeat: every further attempt is a further picture on the bill.
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
    ...(endpoint === undefined ? {} : { endpoint }),
    // An API key in the environment would win even over credentials that are given here, and would be sent to the wrong place.
    ...(credentials === undefined ? {} : { credentials, authSchemePreference: ['sigv4'] }),
  });
}

/** What requests of our own are signed with: the same keys, found in the same places. */
export interface Signing {
  readonly region: string;
  readonly address: URL;
  /** An API key, which goes before every signature where there is one. */
  bearerKey(): Promise<string | undefined>;
  readonly credentials: BedrockRuntimeClient['config']['credentials'];
  readonly sha256: BedrockRuntimeClient['config']['sha256'];
}

export function signingOf(client: BedrockRuntimeClient, { region, endpoint }: BedrockPlace): Signing {
  const { credentials, sha256, httpAuthSchemes, authSchemePreference } = client.config;
  return {
    region,
    address: new URL(endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`),
    async bearerKey() {
      if (!(await authSchemePreference()).includes('httpBearerAuth')) return undefined;
      const scheme = httpAuthSchemes.find(({ schemeId }) => schemeId === 'smithy.api#httpBearerAuth');
      const provide = scheme?.identityProvider({ getIdentityProvider: () => undefined });
      return keySchema.parse(await provide?.({})).token;
    },
    credentials,
    sha256,
  };
}

const keySchema = z.object({ token: z.string() });
