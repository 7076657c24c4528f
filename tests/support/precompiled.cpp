// Compiles what support/precompiled.hpp includes, once for all tests.
