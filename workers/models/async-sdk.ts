import { GetAsyncInvokeCommand, StartAsyncInvokeCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { tagsOf, type AsyncCalls } from './async-calls.ts';

/** Clips by the AWS SDK. */
export function createSdkCalls(client: BedrockRuntimeClient): AsyncCalls {
  return {
    async start(call, abortSignal) {
      const { invocationArn } = await client.send(
        new StartAsyncInvokeCommand({
          modelId: call.modelId,
          modelInput: call.modelInput,
          outputDataConfig: { s3OutputDataConfig: { s3Uri: call.uri } },
          // Left out, the SDK would make one up, and a second call would be a second clip.
          clientRequestToken: call.token,
          tags: tagsOf(call),
        }),
        { abortSignal },
      );
      if (invocationArn === undefined) throw new Error('the answer names no job');
      return invocationArn;
    },
    async state(invocationArn, abortSignal) {
      const { status, failureMessage, outputDataConfig } = await client.send(new GetAsyncInvokeCommand({ invocationArn }), { abortSignal });
      const uri = outputDataConfig?.s3OutputDataConfig?.s3Uri;
      if (status === undefined || uri === undefined) throw new Error('the answer says nothing of the job');
      return { status, failureMessage, uri };
    },
    close: () => client.destroy(),
  };
}
