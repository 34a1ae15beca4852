package org.entente.catalog;

import java.util.Map;

/** One YAML file that was read and found good. */
record Descriptor(Service service, Map<String, String> settings, String file, String hash) {}
