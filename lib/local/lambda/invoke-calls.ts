import type { Before } from '../endpoint/call.ts';

/** What the functions of the stack answer to whoever invokes them: moto has no Node to run them with. */
export const invokeCalls =
  (invoke: (functionName: string, event: unknown) => Promise<unknown>): Before =>
  async ({ service, operation, input, requestId }) => {
    if (service !== 'lambda' || operation !== 'Invoke') return undefined;
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    const { FunctionName, Payload } = input;
    const event: unknown = Payload instanceof Uint8Array ? JSON.parse(textOf(Payload)) : {};
    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    return invoke(String(FunctionName), event).then(
      (result) => ({ status: 200, headers, body: JSON.stringify(result ?? null) }),
      ({ name, message }: Error) => ({
        status: 200,
        headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ errorType: name, errorMessage: message }),
      }),
    );
  };

const textOf = (payload: Uint8Array): string =>
  payload.length === 0 ? '{}' : new TextDecoder().decode(payload);
