/** Whether the root user can sign in. It cannot where the organization has removed the credentials of its members' root. */
export const hasRootPassword = (summary: { readonly AccountPasswordPresent?: number }): boolean =>
  summary.AccountPasswordPresent !== 0;
