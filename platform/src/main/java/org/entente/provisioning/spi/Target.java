package org.entente.provisioning.spi;

import java.util.Map;

/**
 * The service whose engine is spoken to.
 *
 * @param service the service's id in the catalogue
 * @param settings the connector's settings from the descriptor, secrets resolved
 */
public record Target(String service, Map<String, String> settings) {}
