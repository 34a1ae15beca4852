<#import "template.ftl" as layout>
<#-- Applications that only the browser can tell, each in a frame that shows nothing. None leads this page away. The page's script goes on by itself; the link is for where it does not run. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeSigningOut")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeSigningOutLead")}</p>
    <#list signOut.tells as tell>
      <#if tell.request?has_content>
        <form method="post" action="${tell.url}" target="tell${tell?index}" data-telling>
          <input type="hidden" name="SAMLRequest" value="${tell.request}">
          <noscript><button type="submit">${tell.name}</button></noscript>
        </form>
      </#if>
      <iframe name="tell${tell?index}" title="${tell.name}" sandbox="allow-scripts allow-same-origin allow-forms" hidden<#if !tell.request?has_content> src="${tell.url}"</#if>></iframe>
    </#list>
    <a class="main" href="${signOut.next}" data-when-told>${msg("ententeContinue")}</a>
  </#if>
</@layout.registrationLayout>
