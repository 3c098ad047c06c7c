import { STS } from '@aws-sdk/client-sts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
/** Whoever calls the local AWS by this name. */
export const person = (name: string): Credentials => ({
  accessKeyId: name,
  secretAccessKey: 'any',
});

export type Asked = Partial<Parameters<STS['assumeRole']>[0]>;
/** The credentials of a role of any account, for a session named bob where nothing else is asked. */
export const assumed = async (
  settings: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: Credentials;
  },
  RoleArn: string,
  asked: Asked = {},
): Promise<Required<Credentials>> => {
  const sts = new STS(settings);
  const { Credentials: given } = await sts.assumeRole({
    RoleArn,
    RoleSessionName: 'bob',
    ...asked,
  });
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
};
