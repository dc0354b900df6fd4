import type { Provider } from './guide.ts';

/** Steps in the words of each identity provider: title, then what to do; `{{product}}` stands for the product. */
export const guideTextsEn: Record<Provider, readonly (readonly [string, string])[]> = {
  entra: [
    [
      'Create the enterprise application',
      'In the Microsoft Entra admin center open Enterprise applications → New application → Create your own application. Name it “{{product}}”, choose “Integrate any other application you don’t find in the gallery (Non-gallery)”, then Create.',
    ],
    [
      'Switch provisioning to automatic',
      'Open Provisioning → Get started and set Provisioning Mode to Automatic.',
    ],
    [
      'Enter URL and token, press Test Connection',
      'Paste the address below into Tenant URL and your API token into Secret Token. Test Connection must say that the credentials are authorized. Then Save.',
    ],
    [
      'Match users by object id',
      'Open Mappings → Provision Microsoft Entra ID Users. Edit the row externalId (it says mailNickname): Source attribute objectId, Match objects using this attribute Yes, Matching precedence 1. Then set Match of userName to No, so that one matching attribute is left. Save.',
    ],
    [
      'Match groups by object id',
      'Open Mappings → Provision Microsoft Entra ID Groups. Set objectId → externalId with Match Yes, and displayName with Match No. Save. Members of nested groups are not sent by Entra: assign the groups themselves.',
    ],
    [
      'Assign users and groups',
      'Open Users and groups → Add user/group. Assign one test person first if you like.',
    ],
    [
      'Start provisioning',
      'Open Provisioning → Start provisioning. The first cycle can take up to an hour to begin; later cycles run about every 40 minutes. To try one person at once use Provision on demand.',
    ],
  ],
  okta: [
    [
      'Add the application',
      'In the Okta Admin Console open Applications → Browse App Catalog, search “SCIM 2.0 Test App (Header Auth)” and add it as “{{product}}”, or use your own app integration with SCIM provisioning.',
    ],
    [
      'Enter URL and token, press Test API Credentials',
      'Open Provisioning → Integration → Configure API Integration. Paste the address below as Base URL and “Bearer ” followed by your API token as API Token. Test API Credentials, then Save.',
    ],
    [
      'Switch the features on',
      'Open Provisioning → To App → Edit and enable Create Users, Update User Attributes and Deactivate Users. Save.',
    ],
    ['Assign people', 'Open Assignments → Assign. People are sent at once.'],
    ['Push groups', 'Open Push Groups and choose the groups that should appear here.'],
  ],
  onelogin: [
    [
      'Add the application',
      'Open Applications → Add App and choose “SCIM Provisioner with SAML (SCIM v2 Core)”. Name it “{{product}}”.',
    ],
    [
      'Enter URL and token',
      'Open Configuration. Paste the address below as SCIM Base URL and your API token as SCIM Bearer Token. Enable the API Connection.',
    ],
    [
      'Enable provisioning',
      'Open Provisioning, tick Enable provisioning, and choose which actions need an approval. Set the deletion behaviour to Suspend.',
    ],
    ['Assign people', 'Open Users or Rules and assign the people you want to provision.'],
  ],
  jumpcloud: [
    [
      'Add the application',
      'Open SSO Applications → Add New Application → Custom Application, name it “{{product}}” and select Export users to this app (Identity Management).',
    ],
    [
      'Enter URL and token, press Test Connection',
      'Open Identity Management. Choose SCIM 2.0, paste the address below as Base URL and your API token as Token Key, enter a test user’s address, then Test Connection and Activate.',
    ],
    ['Enable groups', 'Enable management of User Groups and Group Membership if groups should appear here.'],
    ['Assign user groups', 'Open User Groups and tick the groups whose people you want to provision.'],
  ],
  google: [
    [
      'Add the application',
      'In the Google Admin console open Apps → Web and mobile apps → your app for {{product}} with SAML. Automatic provisioning needs an app that offers it.',
    ],
    [
      'Enter URL and token',
      'Open Autoprovisioning → Configure. Paste your API token as access token and the address below as endpoint URL.',
    ],
    ['Map attributes', 'Map primary email to userName and emails, first name and last name. Continue.'],
    [
      'Set the scope and switch it on',
      'Choose the groups to provision, set deprovisioning, then switch Autoprovisioning on.',
    ],
  ],
  ping: [
    [
      'Add the connection',
      'In PingOne open Integrations → Provisioning → New Connection → Identity Store → SCIM Outbound. Name it “{{product}}”.',
    ],
    [
      'Enter URL and token, press Test Connection',
      'Paste the address below as SCIM Base URL, choose OAuth 2 Bearer Token, paste your API token, and set the user filter expression to userName. Test Connection, then Save.',
    ],
    [
      'Add a rule',
      'Open Rules → New Rule with PingOne as source and this connection as target. Map the attributes.',
    ],
    ['Enable connection and rule', 'Switch on the connection and the rule. PingOne starts to send people.'],
  ],
  other: [
    [
      'Enter URL and token',
      'Your identity provider must speak SCIM 2.0 with a bearer token. Enter the address below and your API token, and test the connection.',
    ],
    [
      'Choose what identifies people',
      'Send a stable id as externalId (an object id, not a name or an address) and the sign-in name as userName.',
    ],
    [
      'Assign people and groups',
      'Assign the people you want to provision to {{product}}, and start provisioning.',
    ],
  ],
};
