/** Where the SDKs send their calls, if not to AWS itself. */
export const endpointUrl = (): string | undefined => process.env['AWS_ENDPOINT_URL'] || undefined;
