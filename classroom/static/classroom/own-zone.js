// A new class starts from the time zone of the device at which it is made; without this script, from the site's own.
"use strict";
const zones = document.querySelector("[name=time_zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const isUntouched = zones.selectedOptions[0].defaultSelected && !document.querySelector("form .is-invalid");
if (isUntouched && [...zones.options].some((each) => each.value === own)) zones.value = own;
