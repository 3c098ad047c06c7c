/** A stage of a REST API that has what is asked for. */
export const stage = { hasClientCertificate: true, isTraced: true, hasWebAcl: true } as const;
