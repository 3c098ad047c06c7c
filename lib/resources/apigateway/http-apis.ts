import type { Api } from '@aws-sdk/client-apigatewayv2';
import type { Listed, Page, Reader, Ref } from '../../model/resource-type.ts';
import { partsOf } from './api-ids.ts';

/** `HTTP` or `WEBSOCKET`. */
export const protocolOf = async (reader: Reader, { id }: Ref): Promise<string | undefined> => {
  const [ApiId] = partsOf(id);
  return (await reader.call('apigatewayv2', 'getApi', { ApiId })).ProtocolType;
};

/** The parts of each of a page of HTTP and WebSocket APIs. */
export const listByApi = async (
  reader: Reader,
  token: string | undefined,
  partsIn: (ApiId: string, api: Api) => Promise<readonly Listed[]>,
): Promise<Page> => {
  const { Items = [], NextToken } = await reader.call('apigatewayv2', 'getApis', {
    MaxResults: '25',
    ...(token === undefined ? {} : { NextToken: token }),
  });
  const parts = Items.map((api) => partsIn(api.ApiId ?? '', api));
  return {
    resources: (await Promise.all(parts)).flat(),
    ...(NextToken ? { next: NextToken } : {}),
  };
};
