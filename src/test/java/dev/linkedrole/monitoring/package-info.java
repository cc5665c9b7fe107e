/** Tests of the parts that an operator watches: metrics, alerts, dashboard, runbook and logs. */
@NullMarked
package dev.linkedrole.monitoring;

import org.jspecify.annotations.NullMarked;
