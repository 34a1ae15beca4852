<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.language}">
<body style="margin:0;padding:24px;background:#f7f5f0;color:#1b222a;font:16px/1.5 'Atkinson Hyperlegible Next',Verdana,sans-serif">
  <div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #dedad0;border-top:6px solid #0b5a86;border-radius:8px"><#nested></div>
</body>
</html>
</#macro>
