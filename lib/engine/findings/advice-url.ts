const guide = 'https://docs.aws.amazon.com/securityhub/latest/userguide';

/** Where a control is explained: its own page, else Security Hub's, `s3-controls.html#s3-8`. */
export const adviceUrl = ({
  id,
  remediation,
}: {
  readonly id: string;
  readonly remediation: { readonly url?: string };
}): string => {
  if (remediation.url !== undefined) return remediation.url;
  const [service = '', number = ''] = id.toLowerCase().split('.');
  return `${guide}/${service}-controls.html#${service}-${number}`;
};
