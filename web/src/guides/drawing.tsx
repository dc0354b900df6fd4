import type { ReactNode } from 'react';
import { useTranslation } from '../i18n.ts';
import type { DrawingName, Provider } from './guide.ts';

/** The names of fields and buttons, as each identity provider writes them. */
const forms: Record<
  Provider,
  { title: string; url: string; token: string; test: string; tokenPrefix?: string }
> = {
  entra: { title: 'Admin Credentials', url: 'Tenant URL', token: 'Secret Token', test: 'Test Connection' },
  okta: {
    title: 'Integration',
    url: 'Base URL',
    token: 'API Token',
    test: 'Test API Credentials',
    tokenPrefix: 'Bearer ',
  },
  onelogin: { title: 'API Connection', url: 'SCIM Base URL', token: 'SCIM Bearer Token', test: 'Enable' },
  jumpcloud: { title: 'Identity Management', url: 'Base URL', token: 'Token Key', test: 'Test Connection' },
  google: { title: 'Autoprovisioning', url: 'Endpoint URL', token: 'Access token', test: 'Continue' },
  ping: { title: 'SCIM Outbound', url: 'SCIM Base URL', token: 'Bearer Token', test: 'Test Connection' },
  other: { title: 'SCIM 2.0', url: 'SCIM URL', token: 'Bearer token', test: 'Test' },
};

const matchingRows = [
  ['objectId', 'externalId', '1'],
  ['userPrincipalName', 'userName', ''],
  ['mail', 'emails[type eq "work"].value', ''],
] as const;

const features = ['Create Users', 'Update User Attributes', 'Deactivate Users'] as const;

/** A sketch of the page of the identity provider on which a step happens, with what matters marked by a number. */
export function Drawing({ name, provider }: { name: DrawingName; provider: Provider }) {
  const { t } = useTranslation();
  const { title, url, token, test, tokenPrefix = '' } = forms[provider];
  if (name === 'matching') {
    return (
      <Sketch label={t('drawing.matching')} title="Attribute Mapping">
        <div className="sketch-row sketch-dim">
          <span>Microsoft Entra ID</span>
          <span>customappsso</span>
          <span>Matching precedence</span>
        </div>
        {matchingRows.map(([source, target, precedence], at) => (
          <div key={source} className={at === 0 ? 'sketch-row marked' : 'sketch-row'}>
            <span>{source}</span>
            <span>{target}</span>
            <span>{precedence}</span>
            {at === 0 && <Mark number={1} />}
          </div>
        ))}
      </Sketch>
    );
  }
  if (name === 'features') {
    return (
      <Sketch label={t('drawing.features')} title="To App">
        <div className="sketch-features">
          {features.map((feature) => (
            <span key={feature}>
              <span className="sketch-tick">✓</span>
              {feature}
            </span>
          ))}
          <Mark number={1} />
        </div>
      </Sketch>
    );
  }
  return (
    <Sketch label={t('drawing.credentials', { url, token, test })} title={title}>
      <Field number={1} label={url} value="https://…/scim/v2" />
      <Field number={2} label={token} value={`${tokenPrefix}••••••••••••`} />
      <div className="sketch-field">
        <span className="sketch-button">{test}</span>
        <Mark number={3} />
      </div>
    </Sketch>
  );
}

function Sketch({ label, title, children }: { label: string; title: string; children: ReactNode }) {
  return (
    <div role="img" aria-label={label} className="sketch">
      <div className="sketch-title">{title}</div>
      {children}
    </div>
  );
}

function Field({ number, label, value }: { number: number; label: string; value: string }) {
  return (
    <div className="sketch-field">
      <span className="sketch-dim">{label}</span>
      <span className="sketch-input">{value}</span>
      <Mark number={number} />
    </div>
  );
}

function Mark({ number }: { number: number }) {
  return <span className="sketch-number">{number}</span>;
}
