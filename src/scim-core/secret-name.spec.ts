import { describe, expect, it } from '@jest/globals';
import { isSecretName, mayBeSecret } from './secret-name.ts';

const secrets = `password Password PASSWORD userPassword user_password new-password initialpassword passwd passwordHash
  password_salt urn:acme:2.0:User:password urn:acme:2.0:User.password urn:ietf:params:scim:schemas:core:2.0:User:password
  Kennwort Passwort Initialkennwort passwortHash Benutzer-Kennwort Geheimnis contraseña mot_de_passe motDePasse senha
  wachtwoord lösenord Adgangskode salasana heslo hasło пароль 密码 パスワード 비밀번호
  ｐａｓｓｗｏｒｄ pwd unicodePwd unicodepwd userPw pw pass dbPass passphrase passcode
  pin PIN userPin pinHash doorPinCode pin_number
  secret clientSecret client_secret CLIENT-SECRET clientsecret secretKey sharedSecret
  token tokens apiToken api_token accesstoken accessToken refreshToken tokenValue resetToken idToken
  apiKey api_key APIKey apikey x-api-key privateKey private_key encryptionKey signingKey
  otp totpSeed otpSecret recoveryCodes securityAnswer credentials credential authorization bearer jwt cvv`;

const others = `userName title displayName secretary secretaryEmail secretariat tokenCount tokenType token_expires_at tokenId
  passwordExpiresAt passwordExpiry password_last_changed pwdLastSet passwordPolicy passwordAge passwordResetRequired
  mustChangePassword forceChangePassword isPasswordExpired passwordlessEnabled badPasswordCount badPwdCount otpEnabled
  pincode pinCode postalPinCode pinned pinboard opinion shipping spinner passport passportNumber passenger bypass
  compass passType boardingPass key keyboard primaryKey publicKey sshPublicKey keywords clave keyAccount licenseKey
  professionalCredentials medicalCredentials urn:acme:tokens:2.0:User:title tokenizer authorizations authorizationLevel
  secretQuestion costCenter department emails photos x509Certificates value type primary`;

const list = (text: string): string[] => text.split(/\s+/);

describe('the name of a secret', () => {
  it.each(list(secrets))('is %s', (name) => expect(isSecretName(name)).toBe(true));

  it.each(list(others))('is not %s', (name) => expect(isSecretName(name)).toBe(false));
});

describe('a secret', () => {
  it.each(['Hunter2', 1234, ['a'], { value: 'a' }])('may be %j', (value) =>
    expect(mayBeSecret(value)).toBe(true),
  );

  it.each([true, false, null, undefined, 'True', 'false', ''])('is not %j', (value) => {
    expect(mayBeSecret(value)).toBe(false);
  });
});
