<#-- One frame for every page: the territory, one column, one main act. No inline script, no inline style: the CSP forbids them. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!DOCTYPE html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <meta name="color-scheme" content="light dark">
  <title>${msg("ententeTitle", (realm.displayName)!"Entente")}</title>
  <link rel="icon" type="image/svg+xml" href="${url.resourcesPath}/img/favicon.svg">
  <link rel="preload" as="font" type="font/woff2" crossorigin href="${url.resourcesPath}/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2">
  <link rel="stylesheet" href="${url.resourcesPath}/css/entente.css">
  <script type="module" src="${url.resourcesPath}/js/entente.js"></script>
<#-- The head ends by itself where the body begins (HTML 13.1.2.4): before its end tag Keycloak would write an inline script into whatever a form answers. -->
<body>
<div class="band" aria-hidden="true"></div>
<div class="page">
  <header class="top">
    <p class="brand">
      <img src="${url.resourcesPath}/img/favicon.svg" alt="" width="36" height="36">
      <span class="brand-name">${(realm.displayName)!"Entente"}</span>
    </p>
    <#if realm.internationalizationEnabled && (locale.supported)?? && locale.supported?size gt 1>
      <nav class="languages" aria-label="${msg("ententeLanguages")}">
        <#list locale.supported as l>
          <#if l.languageTag == locale.currentLanguageTag>
            <span lang="${l.languageTag}" aria-current="true">${l.label}</span>
          <#else>
            <a lang="${l.languageTag}" hreflang="${l.languageTag}" href="${l.url}">${l.label}</a>
          </#if>
        </#list>
      </nav>
    </#if>
  </header>
  <main class="card" id="main">
    <h1><#nested "header"></h1>
    <#if displayMessage && message?has_content && (message.type != 'warning' || !isAppInitiatedAction??)>
      <p class="message message-${message.type}" role="<#if message.type == 'error'>alert<#else>status</#if>">${kcSanitize(message.summary)?no_esc}</p>
    </#if>
    <#nested "form">
    <#if auth?has_content && auth.showTryAnotherWayLink()>
      <form action="${url.loginAction}" method="post">
        <button class="plain" type="submit" name="tryAnotherWay" value="on">${msg("doTryAnotherWay")}</button>
      </form>
    </#if>
    <#nested "socialProviders">
    <#if displayInfo><div class="below"><#nested "info"></div></#if>
  </main>
  <footer class="foot">${msg("ententeFoot")}</footer>
</div>
</body>
</html>
</#macro>

<#-- A field with its label, a hint, and what is wrong with it. -->
<#macro field name label type="text" value="" hint="" autocomplete="off" autofocus=false inputmode="" required=true error="">
  <div class="field">
    <label for="${name}">${label}</label>
    <#if hint?has_content><p class="hint" id="${name}-hint">${hint}</p></#if>
    <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"<#if inputmode?has_content> inputmode="${inputmode}"</#if><#if autofocus> autofocus</#if><#if required> required</#if> spellcheck="false" autocapitalize="none"
      <#if error?has_content>aria-invalid="true"</#if> <#if error?has_content || hint?has_content>aria-describedby="<#if error?has_content>${name}-error</#if><#if hint?has_content> ${name}-hint</#if>"</#if>>
    <#if error?has_content><p class="error" id="${name}-error" role="alert">${error}</p></#if>
  </div>
</#macro>

<#-- Signing in with a passkey: the page's script reads what it needs from data attributes. -->
<#-- Who is known already and has none is told of no challenge: nothing is offered then. -->
<#macro passkey>
  <#if enableWebAuthnConditionalUI?has_content && userVerification?has_content>
    <form id="webauth" class="passkey" action="${url.loginAction}" method="post"
      data-challenge="${challenge}" data-verification="${userVerification}" data-rp="${rpId}" data-timeout="${createTimeout}" data-unsupported="${msg("ententePasskeyUnsupported")}" data-conditional="true">
      <input type="hidden" name="clientDataJSON"><input type="hidden" name="authenticatorData"><input type="hidden" name="signature">
      <input type="hidden" name="credentialId"><input type="hidden" name="userHandle"><input type="hidden" name="error">
      <p class="or"><span>${msg("ententeOr")}</span></p>
      <button type="button" class="secondary" data-passkey>${msg("ententePasskey")}</button>
    </form>
  </#if>
</#macro>

<#macro cancel>
  <#if isAppInitiatedAction??>
    <button class="plain" type="submit" name="cancel-aia" value="true" formnovalidate>${msg("doCancel")}</button>
  </#if>
</#macro>
