/** English texts of OAuth clients. */
export const clientsEn = {
  'clients.title': 'OAuth clients',
  'clients.intro':
    'For identity providers that get access tokens with OAuth 2.0 client credentials, as Microsoft Entra ID can. Other providers only need an API token.',
  'clients.none': 'No OAuth client yet.',
  'client.create': 'New OAuth client',
  'client.nameHint': 'Helps you recognize the client, for example “Entra ID”',
  'client.id': 'Client ID',
  'client.secret': 'Client secret',
  'client.secrets': 'Secrets',
  'client.tokenUrl': 'Token endpoint',
  'client.ends': 'Valid until',
  'client.rotate': 'New secret',
  'client.rotateLabel': 'New secret for {name}',
  'client.rotateTitle': 'Replace the secret of “{name}” without interruption',
  'client.rotateText':
    'You get a new secret. Paste it into your identity provider while the old one still works. Existing access tokens keep working until they expire.',
  'client.overlap': 'How long the old secret keeps working',
  'client.revokeLabel': 'Revoke the OAuth client {name}',
  'client.revokeTitle': 'Revoke the OAuth client “{name}”?',
  'client.revokeText':
    'Its secrets and access tokens stop working immediately and permanently. Your identity provider can no longer connect with them.',
  'client.revoked': 'The OAuth client is revoked',
  'client.secretTitle': 'Your OAuth client',
  'client.secretText':
    'Copy these into your identity provider now, and store the secret safely. It is shown only once.',
  'guide.client.make': 'Create an OAuth client',
  'guide.client.once': 'The secret is shown here once. Copy it before you leave this page.',
};
