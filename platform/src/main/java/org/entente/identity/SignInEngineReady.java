package org.entente.identity;

/** The sign-in engine was brought to what it should be, at the start or because it was made anew: what others keep in it may be put. */
public record SignInEngineReady() {}
